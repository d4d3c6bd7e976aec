#!/bin/sh
ca='' pem=''
