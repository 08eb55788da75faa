// A button for passkeys shows where there are any; django-allauth's scripts do the rest
// and say by an event when it failed.
const known = Boolean(window.PublicKeyCredential);

for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = !known;
for (const words of document.querySelectorAll("[data-passkey-unknown]")) words.hidden = known;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll("[data-passkey-failed]")) words.hidden = false;
});
