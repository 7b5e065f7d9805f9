"""What a mask leaves to see."""

from hypothesis import given
from hypothesis import strategies as st

from backend.domain import masking


def test_masks_of_the_specification():
    assert masking.mask_name("张三") == "张*"
    assert masking.mask_name("𠮷田") == "𠮷*"
    assert masking.mask_mobile("13812341234") == "138****1234"
    assert masking.mask_id("11010519491231002X") == "1****************X"
    assert masking.mask_case_no("3304020120261122000017") == "330402************0017"


@given(st.text(st.characters(exclude_characters="*"), max_size=30))
def test_no_mask_breaks_or_lets_the_whole_value_through(value):
    for mask in (masking.mask_name, masking.mask_mobile, masking.mask_id, masking.mask_case_no, masking.mask_address):
        assert len(value.strip()) < 2 or mask(value) != value
