// <sign-pad> around a hidden input, a <canvas> and a button [data-do=clear]: a signature with finger, pen or mouse, as strokes
// of points on a pad of 600 by 200. The input holds them as JSON; a value that is set from outside is drawn (`redraw`).

const WIDTH = 600;
const HEIGHT = 200;
const STEP = 3; // points nearer than this to the last say nothing
const MOST_POINTS = 600;
const MOST_STROKES = 80;

class SignPad extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.canvas = this.querySelector("canvas");
    Object.assign(this.canvas, { width: WIDTH, height: HEIGHT });
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const name of ["pointerup", "pointercancel"]) this.canvas.addEventListener(name, () => this.end());
    this.querySelector("[data-do=clear]").addEventListener("click", () => this.clear());
    this.redraw();
  }

  /** Draw what the input holds. */
  redraw() {
    try {
      this.strokes = JSON.parse(this.input.value || "[]");
    } catch {
      this.strokes = [];
    }
    const pen = this.canvas.getContext("2d");
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    for (const stroke of this.strokes) this.line(stroke, 0);
    this.toggleAttribute("data-signed", this.strokes.length > 0);
  }

  begin(event) {
    if (this.input.disabled || this.strokes.length >= MOST_STROKES) return;
    event.preventDefault();
    this.canvas.setPointerCapture?.(event.pointerId);
    this.stroke = [this.at(event)];
    this.line(this.stroke, 0);
  }

  go(event) {
    const last = this.stroke?.at(-1);
    if (!last || this.stroke.length >= MOST_POINTS) return;
    const point = this.at(event);
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < STEP) return;
    this.stroke.push(point);
    this.line(this.stroke, this.stroke.length - 2);
  }

  end() {
    if (!this.stroke) return;
    this.strokes.push(this.stroke);
    this.stroke = null;
    this.changed();
  }

  clear() {
    this.strokes = [];
    this.changed();
    this.redraw();
  }

  changed() {
    this.input.value = this.strokes.length ? JSON.stringify(this.strokes) : "";
    this.toggleAttribute("data-signed", this.strokes.length > 0);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return [within(((event.clientX - box.left) / box.width) * WIDTH, WIDTH), within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT)];
  }

  line(stroke, from) {
    const pen = this.canvas.getContext("2d");
    Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#14252a" });
    pen.beginPath();
    pen.moveTo(...stroke[from]);
    for (const point of stroke.slice(from + 1)) pen.lineTo(...point);
    if (stroke.length === 1) pen.lineTo(stroke[0][0] + 0.1, stroke[0][1]);
    pen.stroke();
  }
}

customElements.define("sign-pad", SignPad);
