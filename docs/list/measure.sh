#!/bin/sh
# Measures the networks of the fair comparison again, and fills its table. Run it in the folder of
# the list, or name that. It needs papertrack with PyTorch, and MONAI for the networks from there:
#     python -m pip install '.[measure]' numpy einops && python -m pip install --no-deps monai
# Nothing is computed or downloaded; each network takes some seconds.
set -eu

facts=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}"

table=fair-comparison-3d
ours=papertrack.measure.networks
monai=monai.networks.nets

# Measure SPEC for the paper with an arXiv id, by the name that its row has.
measure() {
  spec=$1 paper=$2 model=$3
  shift 3
  papertrack --quiet measure "$spec" --benchmark $table --paper "$paper" --model "$model" "$@"
}

# What this list printed in 2020, as it was counted then.
printed() {
  papertrack --quiet result add "$1" $table "params=$3" "macs=$4" --model "$2" \
    --status self-reported --kind list --convention ptflops --condition output_channels=4 \
    --locator "the table of this list in 2020" \
    --note "The program is not named there; the rules of ptflops 0.6.3 give the same digits."
}

papertrack benchmark show $table > /dev/null 2>&1 || papertrack --quiet benchmark add $table \
  --title "Fair comparison of networks for volumes" \
  --task "volumetric segmentation" \
  --row-label "Network" \
  --metric "params,Params,none,M,decimals=2" \
  --metric "macs,MACs,none,G,decimals=2,alias=Flops" \
  --primary macs \
  --protocol "input=[1,3,128,128,128]" \
  --protocol classes=3 \
  --protocol levels=5 \
  --protocol base_channels=32 \
  --protocol norm=batch \
  --protocol act=relu \
  --description "$(cat "$facts/fair-comparison-3d.txt")"

printed 1505.04597 "U-Net" 23.54 581.79
printed 1807.10165 "UNet++" 27.46 2017.56

measure $ours:unet 1505.04597 "U-Net"
measure $ours:unet3d 1606.06650 "3D U-Net"
measure $ours:vnet 1606.04797 "V-Net"
measure $ours:r2unet 1802.06955 "R2U-Net"
measure $ours:attention_unet 1804.03999 "Attention U-Net"
measure $ours:unetpp 1807.10165 "UNet++"
measure $ours:nnunet 1809.10486 "nnU-Net"
measure $ours:stunet 2304.06716 "STU-Net"

in_out="--arg in_channels=3 --arg out_channels=3"
measure $monai:SegResNet 1810.11654 "SegResNet" $in_out --arg norm=batch \
  --arg init_filters=32 --arg "blocks_down=[1,2,2,4,4]" --arg "blocks_up=[1,1,1,1]"
measure $monai:UNETR 2103.10504 "UNETR" $in_out --arg norm_name=batch \
  --arg img_size=128 --arg feature_size=32
for width in 24 48; do
  measure $monai:SwinUNETR 2201.01266 "Swin UNETR" $in_out --arg norm_name=batch \
    --variant "$width channels" --arg feature_size=$width
done
for size in S B M L; do
  measure $monai:MedNeXt$size 2303.09975 "MedNeXt" $in_out --variant $size
done
