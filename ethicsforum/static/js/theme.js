// The colours kept on this device, before any paint.
onstorage = () => {
  let t;
  try {t = localStorage.theme} catch {}
  if (t != "dark" && t != "light") t = "auto";
  document.documentElement.dataset.theme = t;
  for (let m of document.querySelectorAll("[data-bar]"))
    m.media = t == "auto" ? `(prefers-color-scheme:${m.dataset.bar})` : t == m.dataset.bar ? "" : "not all";
};
onstorage();
