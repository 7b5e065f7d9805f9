// One file at a time, once: a page that shows it and the outbox both may send it, but not both at the same time.

/**
 * Let `send(record)` send the file of a `blobs` record, unless somebody else has meanwhile; then let `after(upload)` note
 * it, before anybody else may look. The upload's id, or null when the file is not here any more or was paused.
 */
export function sendAlone(store, id, { send, after, evenPaused = false }) {
  const work = async () => {
    const now = await store.get("blobs", id);
    if (!now || (now.paused && !evenPaused)) return null;
    const upload = await send(now);
    await after(upload);
    return upload;
  };
  return navigator.locks ? navigator.locks.request(`yimaban-file-${id}`, work) : work();
}
