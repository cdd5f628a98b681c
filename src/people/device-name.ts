/** In their order: what names one also names those after it. */
const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
];

/** What somebody would call the device from which a browser asks; they may say otherwise. */
export const deviceName = (userAgent = ''): string => DEVICES.find(([known]) => known.test(userAgent))?.[1] ?? 'This device';
