const PREVIEW_BYTES = 5_000_000;

/** A picture that was not sent yet, as an address that the page's own rules allow; null for everything else. */
export function previewOf(file: File): Promise<string | null> {
  if (!/^image\/(png|jpeg|gif|webp)$/.test(file.type) || file.size > PREVIEW_BYTES) return Promise.resolve(null);
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}
