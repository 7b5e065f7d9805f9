// What was done to one case on this device and the hall does not have yet, or has just taken: read once, kept up to date.

import { heard, items } from "../offline/outbox/box.js";

const lanes = new Map();

/** The lane of a case on this page; `change` events tell that something became different. */
export class Lane extends EventTarget {
  constructor(caseNo) {
    super();
    this.name = `case:${caseNo}`;
    this.items = [];
    heard(() => this.read());
    this.ready = this.read();
  }

  /** What still waits or was refused, in order. */
  get open() {
    return this.items.filter((item) => item.state !== "done");
  }

  async read() {
    const found = await items().catch(() => []); // no store: nothing is kept here
    this.items = found.filter((item) => item.lane === this.name);
    this.dispatchEvent(new Event("change"));
  }
}

/** The lane of a case; all elements of a page share it. */
export function laneOf(caseNo) {
  if (!lanes.has(caseNo)) lanes.set(caseNo, new Lane(caseNo));
  return lanes.get(caseNo);
}
