#!/bin/sh
# refused: sets result, where the server does not let us in
refused() { result='the server wants to know who clones; give auth'; }
