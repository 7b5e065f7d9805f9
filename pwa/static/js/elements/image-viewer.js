// <image-viewer> around a .canvas with one or more <img data-page>, and buttons [data-do] in, out, turn, fit, full, next,
// back. A finger or mouse pans, two fingers or the wheel zoom, a double tap zooms to the spot. [data-pages] shows 1 / 3.
// The transform is set through the CSS object model, which the content security policy allows.

const LARGEST = 8;

class ImageViewer extends HTMLElement {
  connectedCallback() {
    this.canvas = this.querySelector(".canvas");
    this.images = [...this.querySelectorAll("img[data-page]")];
    this.touches = new Map();
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-do]")?.dataset.do));
    this.canvas.addEventListener("pointerdown", (event) => this.down(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) this.canvas.addEventListener(name, (event) => this.up(event));
    this.canvas.addEventListener("dblclick", () => this.zoom(this.scale > 1 ? 1 / this.scale : 2.5));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.show(0);
  }

  show(page) {
    this.page = Math.max(0, Math.min(page, this.images.length - 1));
    this.images.forEach((image, index) => (image.hidden = index !== this.page));
    const count = this.querySelector("[data-pages]");
    if (count) count.textContent = `${this.page + 1} / ${this.images.length}`;
    for (const [act, last] of [["back", 0], ["next", this.images.length - 1]]) {
      const button = this.querySelector(`[data-do=${act}]`);
      if (button) button.disabled = this.page === last;
    }
    this.fit();
  }

  fit() {
    Object.assign(this, { scale: 1, turned: 0, x: 0, y: 0 });
    this.draw();
  }

  draw() {
    const image = this.images[this.page];
    if (image) image.style.transform = `translate(${this.x}px, ${this.y}px) rotate(${this.turned}deg) scale(${this.scale})`;
  }

  zoom(factor) {
    this.scale = Math.min(LARGEST, Math.max(1, this.scale * factor));
    if (this.scale === 1) Object.assign(this, { x: 0, y: 0 });
    this.draw();
  }

  press(act) {
    const acts = {
      in: () => this.zoom(1.4),
      out: () => this.zoom(1 / 1.4),
      turn: () => ((this.turned = (this.turned + 90) % 360), this.draw()),
      fit: () => this.fit(),
      full: () => (document.fullscreenElement ? document.exitFullscreen() : this.canvas.requestFullscreen?.()),
      next: () => this.show(this.page + 1),
      back: () => this.show(this.page - 1),
    };
    acts[act]?.();
  }

  key(event) {
    const act = { "+": "in", "=": "in", "-": "out", r: "turn", 0: "fit", ArrowRight: "next", ArrowLeft: "back" }[event.key];
    if (act) this.press(act);
  }

  wheel(event) {
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }

  down(event) {
    if (event.target.closest("button, a")) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.classList.add("dragging");
    this.touches.set(event.pointerId, event);
    this.apart = this.distance();
  }

  move(event) {
    const before = this.touches.get(event.pointerId);
    if (!before) return;
    this.touches.set(event.pointerId, event);
    if (this.touches.size === 2) {
      const apart = this.distance();
      this.zoom(apart / this.apart);
      this.apart = apart;
    } else if (this.scale > 1) {
      this.x += event.clientX - before.clientX;
      this.y += event.clientY - before.clientY;
      this.draw();
    }
  }

  up(event) {
    this.touches.delete(event.pointerId);
    this.canvas.classList.remove("dragging");
  }

  distance() {
    const [one, two] = [...this.touches.values()];
    return two ? Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) : 1;
  }
}

customElements.define("image-viewer", ImageViewer);
