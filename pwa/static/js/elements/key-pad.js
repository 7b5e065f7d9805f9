// <key-pad data-for="ID" data-most="6" hidden> with buttons: keys on the screen of a machine that has none. A button writes
// its own text into the field; data-do="back" and "clear" take out.

class KeyPad extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.field = document.getElementById(this.dataset.for);
    this.addEventListener("click", (event) => this.press(event.target.closest("button")));
  }

  press(button) {
    if (!button) return;
    const { value } = this.field;
    const how = { back: () => value.slice(0, -1), clear: () => "" }[button.dataset.do] ?? (() => (value + button.textContent).slice(0, this.dataset.most));
    this.field.value = how();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("key-pad", KeyPad);
