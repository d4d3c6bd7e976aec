#!/bin/sh
try=''
