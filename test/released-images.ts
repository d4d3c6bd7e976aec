/** The default images, and which of them are no longer those of the last release. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'cdk8s';
import { InitDefaults } from '../src';

/** Where those of the last release are. */
export const IMAGES = join(__dirname, '../.released/images.json');

export function defaultImages(): string[] {
  const { shellImage, curlImage, gitImage } = InitDefaults.of(new App());
  return [shellImage!, curlImage!, gitImage!];
}

export function changedImages(): string[] {
  const released: string[] = JSON.parse(readFileSync(IMAGES, 'utf8'));
  return defaultImages().filter(image => !released.includes(image));
}
