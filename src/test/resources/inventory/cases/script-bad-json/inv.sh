#!/bin/sh
echo '{"g": ["a"'
