"""What the owner of a project has done to it: a catalogue of realistic edits."""
