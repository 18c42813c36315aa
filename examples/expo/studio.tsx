import { useGeneration, useGenerations } from "@makeit3d/client/react";
import { type ImagePickerAsset, launchImageLibraryAsync } from "expo-image-picker";
import { Button, FlatList } from "react-native";
import { supabase } from "./backend";
import { PastTask } from "./past_task";
import { Progress } from "./progress";

/** What can be made of a photo, how far it is, and what was made before. */
export function Studio() {
  const { tasks, refresh } = useGenerations({ limit: 20 });
  // With a scope each shows, after a restart, what was under way. None starts by itself.
  const picture = useGeneration("image-to-image", { scope: "picture", onResult: refresh });
  const model = useGeneration("image-to-model", { scope: "model", onResult: refresh });

  const drawAnew = (image: ImagePickerAsset) =>
    picture.generate({ provider: "openai", image, prompt: "As a clay figure" });
  const makeModel = (photo: ImagePickerAsset) =>
    model.generate({ provider: "tripo", images: [photo] });

  const header = (
    <>
      <Button
        disabled={picture.isLoading}
        onPress={() => withPhoto(drawAnew)}
        title="A clay figure of a photo"
      />
      <Progress of={picture} />
      <Button
        disabled={model.isLoading}
        onPress={() => withPhoto(makeModel)}
        title="A 3D model of a photo"
      />
      <Progress of={model} />
      <Button onPress={() => supabase.auth.signOut()} title="Sign out" />
    </>
  );
  return (
    <FlatList
      ListHeaderComponent={header}
      data={tasks}
      keyExtractor={({ id }) => id}
      onRefresh={refresh}
      refreshing={false}
      renderItem={({ item }) => <PastTask task={item} />}
    />
  );
}

async function withPhoto(use: (photo: ImagePickerAsset) => Promise<void>): Promise<void> {
  const { assets } = await launchImageLibraryAsync({ mediaTypes: ["images"] });
  const [photo] = assets ?? [];
  if (photo) await use(photo);
}
