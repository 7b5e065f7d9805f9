// Why something of the outbox could not be sent, by name. Causes that pass: no_network, server (also: too often), no_room.
// Those that wait for a sign-in: signed_out, other_person. For good until somebody does something: refused.

/** Thrown on the way; `why` is the hall's own sentence, `errors` {path: sentence}, `retryAfter` seconds. */
export class Stuck extends Error {
  constructor(cause, { why = null, code = null, errors = null, retryAfter = null } = {}) {
    super(why ?? code ?? cause);
    Object.assign(this, { cause, why, code, errors, retryAfter });
  }
}

/** Thrown inside a sending whose item was cancelled, or whose turn another sender took. */
export class Over extends Error {}
