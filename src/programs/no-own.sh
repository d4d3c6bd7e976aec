#!/bin/sh
# own FOLDER: nobody is meant
own() { :; }
