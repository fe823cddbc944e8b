// Two more ways to tell of a page: its address into the clipboard, and what the device itself offers.

const copy = find("button[data-copy]");
if (copy && navigator.clipboard) {
  copy.classList.remove("await");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.textContent = copy.dataset.done;
  });
}

const share = find("button[data-share]");
if (share && navigator.share) {
  share.classList.remove("await");
  share.addEventListener("click", () =>
    // A reader who changes their mind is no failure.
    navigator.share({ title: share.dataset.title, url: share.dataset.share }).catch(() => {}),
  );
}
