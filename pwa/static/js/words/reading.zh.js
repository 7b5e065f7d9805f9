export default {
  play: "读给我听",
  pause: "停一下",
  go_on: "接着读",
  stop: "不读了",
};
