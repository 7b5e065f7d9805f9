export default {
  "push.off": "Switch it on, and what is your move rings. It only says that there is a notice, never a name or a matter.",
  "push.on": "This phone takes pushes",
  "push.start": "Switch push on",
  "push.stop": "No more push to this phone",
  "push.none": "This browser can't take pushes. SMS and the inbox go on as usual.",
  "push.home": "On an iPhone, first put the app on the home screen: tap Share below, then Add to Home Screen, open it from there and come back.",
  "push.denied": "Notifications of this app are switched off on your phone. Allow them in its settings, then tap again. SMS and the inbox go on as usual.",
  "push.unreachable": "The push service can't be reached, as often on Android in mainland China. It is not your fault; SMS and the inbox go on as usual.",
  "push.failed": "Not switched on, the network broke off. Tap again.",
  "push.asking": "Your phone asks whether you allow it: tap Allow",
};
