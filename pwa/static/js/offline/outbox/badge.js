// The count on the icon of the installed app: from a page, or from the worker when no page is open.

/** Show it; nothing for 0. */
export function onIcon(n) {
  const done = n ? navigator.setAppBadge?.(n) : navigator.clearAppBadge?.();
  done?.catch(() => {}); // not installed
}
