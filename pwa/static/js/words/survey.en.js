export default {
  "kept": "Kept on this tablet, {time}",
  "no_room": "The tablet is full; the last of it was not kept. Make room and try again",
  "keeps_nothing": "This device is shared and keeps nothing, so no record can be written here. Use your own tablet",
  "caption": "What it shows",
  "photo": "Photo of the place, {time}",
  "drop": "Take this one out",
  "packing": "Coming onto the tablet, {n} of {all}",
  "packed": "All {all} are on the tablet, {time}. You can record without a network",
  "packed.some": "{n} of {all} are on the tablet. Press again",
  "not_packed": "The network is gone; {n} of {all} are here. Press again once it is back",
};
