// <passkey-button data-kind="register|sign-in" data-options data-verify [data-next]> around a button. Asks the server for
// options (POST), the device for the key, and posts what it gives back. Speaks in the element's [role=alert].

import { changing, sentence } from "../lib/problem.js";
import { words } from "../lib/words.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

/** Options from JSON, by the browser's own parser where it has one (WebAuthn level 3). */
function parsed(kind, json) {
  if (kind === "register") {
    if (PublicKeyCredential.parseCreationOptionsFromJSON) return PublicKeyCredential.parseCreationOptionsFromJSON(json);
    const user = { ...json.user, id: bytes(json.user.id) };
    return { ...json, user, challenge: bytes(json.challenge), excludeCredentials: listed(json.excludeCredentials) };
  }
  if (PublicKeyCredential.parseRequestOptionsFromJSON) return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  return { ...json, challenge: bytes(json.challenge), allowCredentials: listed(json.allowCredentials) };
}

/** A credential as JSON; the fallback gives the fields that level 2 browsers have. */
function plain(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { response } = credential;
  const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = fields.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(given), transports: response.getTransports?.() },
  };
}

class PasskeyButton extends HTMLElement {
  async connectedCallback() {
    this.button = this.querySelector("button");
    this.say = await words();
    if (!window.PublicKeyCredential) return this.tell(this.say("key.unsupported"));
    this.button.addEventListener("click", () => this.run());
    this.button.disabled = false;
  }

  async run() {
    this.button.disabled = true;
    this.tell("");
    try {
      const options = await this.post(this.dataset.options, {});
      const publicKey = parsed(this.dataset.kind, options.publicKey ?? options);
      const act = this.dataset.kind === "register" ? "create" : "get";
      const credential = await navigator.credentials[act]({ publicKey });
      const answer = await this.post(this.dataset.verify, plain(credential));
      this.dispatchEvent(new CustomEvent("passkey", { bubbles: true, detail: answer }));
      const next = this.dataset.next ?? answer.next;
      if (next) location.assign(next);
    } catch (error) {
      this.tell(this.reason(error));
    } finally {
      this.button.disabled = false;
    }
  }

  async post(url, body) {
    const response = await fetch(url, { method: "POST", headers: changing(), body: JSON.stringify(body) });
    if (!response.ok) throw new Error((await sentence(response)) ?? this.say("key.failed"));
    return response.status === 204 ? {} : response.json();
  }

  reason(error) {
    if (error.name === "NotAllowedError" || error.name === "AbortError") return this.say("key.cancelled");
    if (error.name === "InvalidStateError") return this.say("key.already");
    return error instanceof TypeError ? this.say("key.network") : error.message;
  }

  tell(sentence) {
    let place = this.querySelector("[role=alert]");
    if (!place) {
      place = Object.assign(document.createElement("p"), { className: "key-says" });
      place.setAttribute("role", "alert");
      this.append(place);
    }
    place.textContent = sentence;
  }
}

customElements.define("passkey-button", PasskeyButton);
