// Takes the token of a key's QR code out of the address, where it stood behind the #, and puts it in the form.
// The fragment never reaches a server by itself, and after this it stands in no history either.
const form = document.querySelector("[data-key-qr]");
const token = window.location.hash.slice(1);
window.history.replaceState(null, "", window.location.pathname + window.location.search);
if (form && token) {
  form.elements.token.value = token;
  form.hidden = false;
  document.querySelector("[data-key-qr-missing]").hidden = true;
  form.querySelector("button").focus();
}
