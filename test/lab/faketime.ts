/** The library that lets a program live at another time; undefined where it is not installed. */
import { existsSync, readdirSync } from 'fs';

const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];

export const faketime = folders.map(name => `/usr/lib/${name}/faketime/libfaketime.so.1`).find(existsSync);
