// <quick-phrases data-for="note"> around buttons: a tap adds the button's words to that field, as if they were typed.

class QuickPhrases extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.add(event.target.closest("button")));
  }

  add(button) {
    const field = document.getElementById(this.dataset.for);
    if (!button || !field) return;
    const words = button.dataset.words ?? button.textContent.trim();
    field.value = [field.value.trim(), words].filter(Boolean).join(button.dataset.glue ?? "；");
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    field.focus();
  }
}

customElements.define("quick-phrases", QuickPhrases);
