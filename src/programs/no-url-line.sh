#!/bin/sh
# url_line: curl is told the URL otherwise
url_line() { :; }
