// <wall-clock> around <b> (hours and minutes) and <span> (the day): the time of the hall, on a page that stands all day.

const ZONE = "Asia/Shanghai";

class WallClock extends HTMLElement {
  connectedCallback() {
    const { lang } = document.documentElement;
    const time = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE });
    const day = new Intl.DateTimeFormat(lang, { month: "long", day: "numeric", weekday: "short", timeZone: ZONE });
    const show = () => {
      this.querySelector("b").textContent = time.format(new Date());
      this.querySelector("span").textContent = day.format(new Date());
    };
    show();
    this.timer = setInterval(show, 5000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

customElements.define("wall-clock", WallClock);
