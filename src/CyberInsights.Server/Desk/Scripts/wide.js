// A table that is wider than its place can be moved by keys, once it has the focus.
const reach = () => {
  for (const place of document.querySelectorAll(".scroll")) {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    else place.removeAttribute("tabindex");
  }
};
reach();
addEventListener("resize", reach);
