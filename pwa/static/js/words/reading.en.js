export default {
  play: "Read aloud",
  pause: "Pause",
  go_on: "Go on",
  stop: "Stop",
};
