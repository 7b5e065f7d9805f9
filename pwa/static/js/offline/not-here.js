/** Thrown by a view when this phone does not have what the page shows. */
export class NotHere extends Error {}
