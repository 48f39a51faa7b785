/* Passkeys: asks the server what to ask, lets the browser ask the device, sends the answer as an ordinary form.
   Without scripts the forms stay hidden, and password and digits are there. */
"use strict";

(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (all) => (all || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function asked(form) {
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: new FormData(form) });
    if (!answer.ok || answer.redirected) throw new Error("not asked");
    const said = (await answer.json()).publicKey;
    said.challenge = bytes(said.challenge);
    return said;
  }

  async function made(said) {
    said.user.id = bytes(said.user.id);
    said.excludeCredentials = listed(said.excludeCredentials);
    const key = await navigator.credentials.create({ publicKey: said });
    return { key, response: { attestationObject: text(key.response.attestationObject) } };
  }

  async function shown(said) {
    said.allowCredentials = listed(said.allowCredentials);
    const key = await navigator.credentials.get({ publicKey: said });
    const { authenticatorData, signature, userHandle } = key.response;
    const response = { authenticatorData: text(authenticatorData), signature: text(signature) };
    if (userHandle) response.userHandle = text(userHandle);
    return { key, response };
  }

  async function answered(form) {
    const said = await asked(form);
    const { key, response } = await (said.user ? made(said) : shown(said));
    response.clientDataJSON = text(key.response.clientDataJSON);
    form.elements.answer.value = JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
    form.submit();
  }

  function offer(form) {
    const says = form.querySelector("[data-passkey-says]");
    let busy = false;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      says.hidden = true;
      try {
        await answered(form);
      } catch {
        says.textContent = says.dataset.passkeySays;
        says.hidden = false;
      } finally {
        busy = false;
      }
    });
  }

  addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential || !navigator.credentials) return;
    for (const form of document.querySelectorAll("form[data-passkey]")) offer(form);
  });
})();
