"""GLBs by trimesh and pygltflib; see make_files.sh."""

import struct
import sys

import numpy as np
import pygltflib as gltf
import trimesh
from PIL import Image

folder = sys.argv[1]


def save(name, scene):
    with open(f"{folder}/trimesh_{name}.glb", "wb") as file:
        file.write(scene.export(file_type="glb"))


def moved(matrix_of, angle, axis, place):
    matrix = matrix_of(angle, axis)
    matrix[:3, 3] = place
    return matrix


turn = trimesh.transformations.rotation_matrix
save("box", trimesh.creation.box((1, 2, 3)))
save("icosphere", trimesh.creation.icosphere(subdivisions=2, radius=0.2))
cylinder = trimesh.creation.cylinder(radius=1, height=4, sections=10)
scene = trimesh.Scene()
scene.add_geometry(cylinder, transform=moved(turn, 0.6, (0, 1, 1), (3, 2, 1)))
scene.add_geometry(trimesh.creation.box((1, 1, 1)), transform=moved(turn, 1.1, (1, 0, 0), (-3, 0, 0)))
save("scene", scene)
scene = trimesh.Scene(trimesh.creation.capsule(height=1, radius=0.5, count=(6, 6)))
scene.apply_scale(0.01)
save("scaled", scene)
picture = Image.new("RGB", (8, 8), (128, 0, 255))
plane = trimesh.Trimesh(
    vertices=[(0, 0, 0), (1, 0, 0), (1, 2, 0), (0, 2, 0)], faces=[(0, 1, 2), (0, 2, 3)], process=False
)
plane.visual = trimesh.visual.TextureVisuals(
    uv=[(0, 0), (1, 0), (1, 1), (0, 1)],
    material=trimesh.visual.material.PBRMaterial(baseColorTexture=picture, metallicRoughnessTexture=picture),
)
save("textured", plane)
colored = trimesh.creation.box((2, 2, 2))
colored.visual.vertex_colors = np.full((8, 4), 200, dtype=np.uint8)
save("colors", colored)
cloud = trimesh.PointCloud(np.array([(0, 0, 0), (1, 5, 2)], dtype=float))
save("cloud", trimesh.Scene([trimesh.creation.box((1, 1, 1)), cloud]))


def by_hand(name, points, corners=None, mode=4, **node):
    """The least that pygltflib writes: a mesh, with its numbers in one buffer."""
    data = b"".join(struct.pack("<3f", *point) for point in points)
    length = len(data)
    columns = list(zip(*points))
    document = gltf.GLTF2(
        scene=0,
        scenes=[gltf.Scene(nodes=[0])],
        nodes=[gltf.Node(mesh=0, **node)],
        materials=[gltf.Material(), gltf.Material()],
        meshes=[gltf.Mesh(primitives=[gltf.Primitive(attributes=gltf.Attributes(POSITION=0), mode=mode, material=0)])],
        accessors=[
            gltf.Accessor(
                bufferView=0, componentType=gltf.FLOAT, count=len(points), type=gltf.VEC3,
                min=[min(column) for column in columns], max=[max(column) for column in columns],
            )
        ],
        bufferViews=[gltf.BufferView(buffer=0, byteOffset=0, byteLength=length, target=gltf.ARRAY_BUFFER)],
    )
    if corners:
        data += struct.pack(f"<{len(corners)}H", *corners)
        document.bufferViews.append(
            gltf.BufferView(
                buffer=0, byteOffset=length, byteLength=2 * len(corners), target=gltf.ELEMENT_ARRAY_BUFFER
            )
        )
        document.accessors.append(
            gltf.Accessor(bufferView=1, componentType=gltf.UNSIGNED_SHORT, count=len(corners), type=gltf.SCALAR)
        )
        document.meshes[0].primitives[0].indices = 1
    document.buffers = [gltf.Buffer(byteLength=len(data))]
    document.set_binary_blob(data)
    document.save_binary(f"{folder}/pygltflib_{name}.glb")


square = [(0, 0, 0), (1, 0, 0), (0, 3, 0), (1, 3, 0.5)]
by_hand("triangle", square[:3])
by_hand("indexed", square, [0, 1, 2, 1, 3, 2])
by_hand("strip", square, mode=5)
by_hand("turned", square, [0, 1, 2, 1, 3, 2], rotation=[0, 0, 0.70710678, 0.70710678], scale=[1, 10, 1])
by_hand("matrix", square, [0, 1, 2, 1, 3, 2], matrix=[1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 5, 5, 5, 1])
