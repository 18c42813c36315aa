/** The URL of an uploaded file in an example; a client puts its own project and user there. */
export function exampleAsset(file: string): string {
  return `https://project.supabase.co/storage/v1/object/public/inputs/user-id/${file}`;
}
