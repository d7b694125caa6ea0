// A foreign checker: what Go's own checksum database uses (golang.org/x/mod/sumdb/note and tlog) says of our notes and proofs.
// It reads a list of items as JSON from standard input, and prints for each an empty line, or why it does not hold.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type item struct {
	Kind  string
	Note  string
	Old   string
	Keys  []string
	Leaf  string
	Index int64
	Proof []string
}

// A cosigner is a note.Verifier of the signatures of witnesses (C2SP tlog-cosignature), which sumdb/note takes as it takes its own.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(c.key, append([]byte(head), msg...), sig[8:])
}

func verifier(text string) (note.Verifier, error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("no verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) == 0 || key[0] != 4 {
		return note.NewVerifier(text)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, errors.New("another key id")
	}
	return cosigner{parts[0], hash, key[1:]}, nil
}

func opened(text string, keys []string) (*note.Note, error) {
	var known []note.Verifier
	for _, key := range keys {
		v, err := verifier(key)
		if err != nil {
			return nil, err
		}
		known = append(known, v)
	}
	found, err := note.Open([]byte(text), note.VerifierList(known...))
	if err == nil && len(found.Sigs) != len(keys) {
		err = fmt.Errorf("%d of %d keys signed", len(found.Sigs), len(keys))
	}
	return found, err
}

func tree(text string, keys []string) (int64, tlog.Hash, error) {
	found, err := opened(text, keys)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	lines := strings.Split(found.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return size, root, err
}

func hashes(texts []string) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, text := range texts {
		raw, err := hex.DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, errors.New("no hash")
		}
		var one tlog.Hash
		copy(one[:], raw)
		found = append(found, one)
	}
	return found, nil
}

func check(it item) error {
	size, root, err := tree(it.Note, it.Keys)
	if err != nil || it.Kind == "note" {
		return err
	}
	proof, err := hashes(it.Proof)
	if err != nil {
		return err
	}
	if it.Kind == "included" {
		leaf, err := hex.DecodeString(it.Leaf)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(tlog.RecordProof(proof), size, root, it.Index, tlog.RecordHash(leaf))
	}
	before, old, err := tree(it.Old, it.Keys)
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(proof), size, root, before, old)
}

func main() {
	var items []item
	if err := json.NewDecoder(os.Stdin).Decode(&items); err != nil {
		panic(err)
	}
	for _, it := range items {
		if err := check(it); err != nil {
			fmt.Println(strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println()
		}
	}
}
