#!/bin/sh
start=0 && clock && start=$elapsed
