#!/bin/sh
# client_certificate: there is none
client_certificate() { cert='' key=''; }

# judge_client: there is nothing wrong with it
judge_client() { :; }
