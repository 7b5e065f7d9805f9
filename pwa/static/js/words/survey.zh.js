export default {
  "kept": "这台平板上存好了 {time}",
  "no_room": "平板存不下了，刚才的没有留住。腾出地方再试",
  "keeps_nothing": "这台是公用设备，不留东西，记不了笔录。换自己的平板",
  "caption": "拍的是什么",
  "photo": "现场照片，{time}",
  "drop": "不要这张",
  "packing": "正在放到平板上，{n} / {all}",
  "packed": "{all} 件都在平板上了，{time}。没有网也能记",
  "packed.some": "平板上有 {n} 件，一共 {all} 件。再点一次",
  "not_packed": "网断了，放好 {n} 件，一共 {all} 件。有网再点一次",
};
