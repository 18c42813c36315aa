#!/bin/sh
# Makes the files of tests/results/files anew, and has others say what they are: expected.json. The tests
# do not run it: it needs Python with trimesh, pygltflib and Pillow, and Node with three, sharp, gltfpack,
# meshoptimizer, draco3dgltf and @gltf-transform/core, extensions and functions.
# Usage: make_files.sh PYTHON NODE_FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$1
node_folder=$2
mkdir -p "$here/files"
rm -f -- "$here"/files/*
(cd "$node_folder" && node --input-type=module - "$here/files" < "$here/make_with_node.mjs")
"$python" "$here/make_with_python.py" "$here/files"
"$python" "$here/measure_with_pillow.py" "$here/../inputs/files" > "$here/expected_pictures.json"
(cd "$node_folder" && node --input-type=module - "$here/files" < "$here/measure_with_node.mjs") \
  > "$here/expected_files.json"
du -bc -- "$here"/files/* | tail -1
