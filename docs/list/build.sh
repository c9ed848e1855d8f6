#!/bin/sh
# Makes the store of this repository's own list again, from the facts beside this script, in the
# folder that is given (the working directory if none is). It needs papertrack, and no network.
set -eu

facts=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}"

papertrack --quiet init
papertrack import "$facts/medical.csv" "$facts/networks.csv" "$facts/code.csv"
papertrack benchmark add imagenet-1k \
  --title "ImageNet-1k" \
  --task "image classification" \
  --dataset "ImageNet-1k" \
  --row-label "ConvNet" \
  --metric "top1,ImageNet top1 acc,higher,%" \
  --metric "top5,ImageNet top5 acc,higher,%" \
  --description "$(cat "$facts/imagenet-1k.txt")"
papertrack import --benchmark imagenet-1k "$facts/imagenet-1k.csv"
