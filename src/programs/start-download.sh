#!/bin/sh
## What is behind its ? may be a secret.
shown=${step_url%%\?*}
say "downloading $shown, at most $step_timeout s"
