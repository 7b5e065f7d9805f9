// <notice-list> around the inbox: on a copy shown without network a tap can't pass through the hall, so it goes straight
// to the page it leads to, and that the notice was read waits in the outbox.

import { currentPerson } from "../lib/person.js";
import { Box } from "../offline/outbox/box.js";

class NoticeList extends HTMLElement {
  connectedCallback() {
    if (document.body.dataset.copiedAt !== undefined) this.addEventListener("click", (event) => this.go(event));
  }

  async go(event) {
    const link = event.target.closest("a[data-to]");
    if (!link?.dataset.case) return;
    event.preventDefault();
    await this.note(link).catch(() => {}); // no room: it stays unread, which is no loss
    location.assign(link.dataset.to);
  }

  async note(link) {
    const person = await currentPerson();
    const id = link.href.split("/").at(-1);
    if (!person || link.closest(".unread") === null) return;
    await new Box(person).put({
      kind: "deed",
      is_quiet: true,
      lane: `notice:${id}`,
      title: { zh: link.dataset.zh, en: link.dataset.en },
      act: { zh: "标为已读", en: "Mark as read" },
      method: "POST",
      path: `/api/v1/notices/${id}/read`,
      body: {},
      case_no: link.dataset.case,
      files: [],
    });
    link.closest(".unread").classList.remove("unread");
  }
}

customElements.define("notice-list", NoticeList);
