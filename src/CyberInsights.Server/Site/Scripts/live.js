// What was published since the page was made. The stream is open only while the page is seen.
const live = find("[data-live]");
let stream = null;

const follow = () => {
  stream?.close();
  stream = document.hidden ? null : new EventSource(live.dataset.live);
  stream?.addEventListener("news", ({ data }) => {
    const pill = find("a", live);
    pill.textContent = data;
    pill.hidden = false;
  });
};

if (live && "EventSource" in window) {
  follow();
  document.addEventListener("visibilitychange", follow);
}
