/** Makes pictures and 3D models of photos. An app that was killed finds what was under way. */
import { MakeIt3DProvider } from "@makeit3d/client/react";
import { StyleSheet, View } from "react-native";
import { makeit3d } from "./backend";
import { SignIn } from "./sign_in";
import { Studio } from "./studio";
import { useSession } from "./use_session";

export function App() {
  const session = useSession();
  if (session === undefined) return null;
  return (
    <MakeIt3DProvider client={makeit3d}>
      <View style={styles.screen}>
        {session ? <Studio key={session.user.id} /> : <SignIn />}
      </View>
    </MakeIt3DProvider>
  );
}

const styles = StyleSheet.create({ screen: { flex: 1, padding: 24, paddingTop: 64 } });
