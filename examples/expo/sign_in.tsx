import { useState } from "react";
import { Button, Text, TextInput } from "react-native";
import { supabase } from "./backend";

export function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string>();
  const signIn = async () => {
    const { error } = await supabase.auth.signInWithPassword({ email, password });
    setProblem(error?.message);
  };
  return (
    <>
      <TextInput
        autoCapitalize="none"
        autoComplete="email"
        keyboardType="email-address"
        onChangeText={setEmail}
        placeholder="Email"
        value={email}
      />
      <TextInput
        onChangeText={setPassword}
        placeholder="Password"
        secureTextEntry
        value={password}
      />
      <Button onPress={signIn} title="Sign in" />
      {problem && <Text accessibilityRole="alert">{problem}</Text>}
    </>
  );
}
