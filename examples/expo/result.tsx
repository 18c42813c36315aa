import type { Task } from "@makeit3d/client";
import { Button, Image, Linking, StyleSheet, Text } from "react-native";

/** A picture, or that of a model, and the way to the file. */
export function Result({ task: { assets: [asset], previewUrl } }: { task: Task }) {
  if (!asset) return <Text>No result</Text>;
  const { url, mediaType, triangles } = asset;
  const picture = mediaType?.startsWith("image/") ? url : previewUrl;
  const title = triangles === undefined ? "Open" : `Open, ${triangles} triangles`;
  return (
    <>
      {picture && <Image resizeMode="contain" source={{ uri: picture }} style={styles.picture} />}
      <Button onPress={() => Linking.openURL(url)} title={title} />
    </>
  );
}

const styles = StyleSheet.create({ picture: { height: 240 } });
