#!/bin/sh
# client_certificate: there is none
client_certificate() { cert='' key=''; }

# client_fault: there is nothing wrong with it
client_fault() { :; }
