// Reads QR codes: by the browser where it can (BarcodeDetector), else by zxing in WebAssembly, fetched on the first scan
// and then kept with the other static files.

let made;

async function native() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  return formats.includes("qr_code") ? new globalThis.BarcodeDetector({ formats: ["qr_code"] }) : null;
}

async function own() {
  const { BarcodeDetector, prepareZXingModule } = await import("../../vendor/barcode-detector.js");
  const address = new URL("../../vendor/zxing_reader.wasm", import.meta.url).href;
  await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/** Something with detect(picture) -> [{rawValue}]. Rejects where neither way works (the file could not be fetched). */
export function reader() {
  made ??= native()
    .then((found) => found ?? own())
    .catch((error) => {
      made = null; // perhaps there is a network next time
      throw error;
    });
  return made;
}
