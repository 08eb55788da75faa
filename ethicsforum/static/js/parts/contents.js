// Beside the text the contents are in view without unfolding: let `open` say so too.
const wide = matchMedia("(width >= 62rem)");
const contents = document.querySelector(".contents > details");
const unfold = () => {
  contents.open = wide.matches;
};
if (contents) {
  if (wide.matches) unfold();
  wide.addEventListener("change", unfold);
}
