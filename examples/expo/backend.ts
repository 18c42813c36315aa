/** What the app talks to: its own Supabase client, and the client of the backend. */
import { createMakeIt3D } from "@makeit3d/client";
import { expoImages } from "@makeit3d/client/images";
import { followAppState } from "@makeit3d/client/react-native";
import AsyncStorage from "@react-native-async-storage/async-storage";
import { createClient } from "@supabase/supabase-js";
import * as manipulator from "expo-image-manipulator";
import { AppState } from "react-native";

// Expo puts the values of `.env` in. None is a secret: the user's token is what counts.
const url = process.env.EXPO_PUBLIC_SUPABASE_URL ?? "";
const publishableKey = process.env.EXPO_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "";
const apiKey = process.env.EXPO_PUBLIC_API_KEY ?? "";

export const supabase = createClient(url, publishableKey, {
  auth: { storage: AsyncStorage, detectSessionInUrl: false },
});

export const makeit3d = createMakeIt3D({
  supabase,
  apiKey,
  storage: AsyncStorage,
  prepare: expoImages(manipulator),
});

followAppState(makeit3d, AppState);

// Timers stand still in the background: a token is renewed when the app is in front again.
AppState.addEventListener("change", (state) => {
  const { auth } = supabase;
  void (state === "active" ? auth.startAutoRefresh() : auth.stopAutoRefresh());
});
