// A photo made small enough to send: at most 2560 px on its long side, JPEG at 0.85. Drawing it anew drops the place it
// was taken at and keeps it upright. What the browser can't draw (HEIC, PDF) passes through as it is.

const LONGEST = 2560;
const QUALITY = 0.85;
const DRAWABLE = new Set(["image/jpeg", "image/png", "image/webp"]);

/** The same picture as a smaller File, or the file itself. */
export async function shrunk(file) {
  if (!DRAWABLE.has(file.type)) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!bitmap) return file;
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}
