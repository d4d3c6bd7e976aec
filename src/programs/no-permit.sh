#!/bin/sh
# permit FOLDER: its mode is right
permit() { :; }
