// What a thumb feels: a short tick when something was taken, one for a code that was read, two for what is wrong. Silent
// where the reader wants little motion, where the device can't, and before the page was touched (browsers forbid it).

const FELT = { done: 25, hit: 60, wrong: [40, 80, 40] }; // ms

/** Let the device tick: "done", "hit" or "wrong". */
export function felt(kind) {
  if (!navigator.userActivation?.hasBeenActive || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  navigator.vibrate?.(FELT[kind]);
}
