// Stands in for datasafed, whose module no registry serves: the program by which KubeBlocks' jobs keep and fetch backups.
// It has the commands that those jobs and the add-ons' scripts use (push, pull, list, stat, rm, rmdir, mkdir), a folder or
// a bucket below them, compression and encryption. What it writes is not what datasafed writes.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"gopkg.in/ini.v1"
)

const configFile = "/etc/datasafed/datasafed.conf"

// entry is a file or a folder of a store. Paths are absolute, seen from the store's root.
type entry struct {
	Path     string    `json:"path"`
	Name     string    `json:"name"`
	IsFolder bool      `json:"isDir"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"mtime"`
}

type store interface {
	put(ctx context.Context, name string, content io.Reader) error
	get(ctx context.Context, name string) (io.ReadCloser, error)
	// list gives what lies in a folder, or the file of that name.
	list(ctx context.Context, name string, recursive bool) ([]entry, error)
	remove(ctx context.Context, name string) error
	makeFolder(ctx context.Context, name string) error
	removeFolder(ctx context.Context, name string) error
}

var errNotFound = errors.New("object not found")

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "Error: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("usage: datasafed push|pull|list|stat|rm|rmdir|mkdir ...")
	}
	s, err := open()
	if err != nil {
		return fmt.Errorf("failed to open storage: %w", err)
	}
	switch args[0] {
	case "push":
		return push(ctx, s, args[1:])
	case "pull":
		return pull(ctx, s, args[1:])
	case "list":
		return list(ctx, s, args[1:])
	case "stat":
		return stat(ctx, s, args[1:])
	case "rm":
		return rm(ctx, s, args[1:])
	case "mkdir", "rmdir":
		names, err := parse(flag.NewFlagSet(args[0], flag.ContinueOnError), args[1:], 1)
		if err != nil {
			return err
		}
		if args[0] == "mkdir" {
			return s.makeFolder(ctx, absolute(names[0]))
		}
		return s.removeFolder(ctx, absolute(names[0]))
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// open gives the store that the environment and the configuration name.
func open() (store, error) {
	base := path.Join("/", os.Getenv("DATASAFED_KOPIA_REPO_ROOT"), os.Getenv("DATASAFED_BACKEND_BASE_PATH"))
	if root := os.Getenv("DATASAFED_LOCAL_BACKEND_PATH"); root != "" {
		return &folder{root: filepath.Join(root, base)}, nil
	}
	config, err := ini.Load(configFile)
	if err != nil {
		return nil, err
	}
	section := config.Section("storage")
	if kind := section.Key("type").String(); kind == "local" {
		return &folder{root: filepath.Join(section.Key("root").String(), base)}, nil
	} else if kind != "s3" {
		return nil, fmt.Errorf("storage type %q is none of local, s3", kind)
	}
	endpoint := section.Key("endpoint").String()
	where, err := url.Parse(endpoint)
	if err != nil || where.Host == "" {
		return nil, fmt.Errorf("endpoint %q is no URL", endpoint)
	}
	client, err := minio.New(where.Host, &minio.Options{
		Creds:        credentials.NewStaticV4(section.Key("access_key_id").String(), section.Key("secret_access_key").String(), ""),
		Secure:       where.Scheme == "https",
		Region:       section.Key("region").MustString("us-east-1"),
		BucketLookup: minio.BucketLookupPath,
		MaxRetries:   3,
	})
	if err != nil {
		return nil, err
	}
	bucket, prefix, _ := strings.Cut(section.Key("root").String(), "/")
	return &objects{client: client, bucket: bucket, prefix: path.Join("/", prefix, base), makesBucket: !section.Key("no_check_bucket").MustBool()}, nil
}

func push(ctx context.Context, s store, args []string) error {
	flags := flag.NewFlagSet("push", flag.ContinueOnError)
	compression := flags.String("z", "", "compress with zstd-fastest, zstd or zstd-best")
	names, err := parse(flags, args, 2)
	if err != nil {
		return err
	}
	content := io.ReadCloser(os.Stdin)
	if names[0] != "-" {
		if content, err = os.Open(names[0]); err != nil {
			return err
		}
	}
	defer content.Close()
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(encode(writer, content, *compression)) }()
	return s.put(ctx, absolute(names[1]), reader)
}

func encode(to io.Writer, from io.Reader, compression string) error {
	sealed, err := seal(to)
	if err != nil {
		return err
	}
	if compression == "" {
		_, err := io.Copy(sealed, from)
		return err
	}
	level, known := map[string]zstd.EncoderLevel{"zstd-fastest": zstd.SpeedFastest, "zstd": zstd.SpeedDefault, "zstd-best": zstd.SpeedBestCompression}[compression]
	if !known {
		return fmt.Errorf("unknown compression %q", compression)
	}
	packed, err := zstd.NewWriter(sealed, zstd.WithEncoderLevel(level))
	if err != nil {
		return err
	}
	if _, err := io.Copy(packed, from); err != nil {
		return err
	}
	return packed.Close()
}

func pull(ctx context.Context, s store, args []string) error {
	flags := flag.NewFlagSet("pull", flag.ContinueOnError)
	compression := flags.String("d", "", "decompress")
	names, err := parse(flags, args, 2)
	if err != nil {
		return err
	}
	content, err := s.get(ctx, absolute(names[0]))
	if err != nil {
		return fmt.Errorf("%s: %w", names[0], err)
	}
	defer content.Close()
	plain, err := unseal(content)
	if err != nil {
		return fmt.Errorf("%s: %w", names[0], err)
	}
	if *compression != "" {
		unpacked, err := zstd.NewReader(plain)
		if err != nil {
			return err
		}
		defer unpacked.Close()
		plain = unpacked
	}
	if names[1] == "-" {
		_, err := io.Copy(os.Stdout, plain)
		return err
	}
	file, err := os.Create(names[1])
	if err != nil {
		return err
	}
	_, err = io.Copy(file, plain)
	return errors.Join(err, file.Close())
}

func list(ctx context.Context, s store, args []string) error {
	flags := flag.NewFlagSet("list", flag.ContinueOnError)
	onlyFolders := flags.Bool("d", false, "folders only")
	onlyFiles := flags.Bool("f", false, "files only")
	recursive := flags.Bool("r", false, "with what lies below")
	flags.BoolVar(recursive, "recursive", false, "with what lies below")
	format := flags.String("o", "short", "short, long or json")
	newer := flags.String("newer-than", "", "seconds since 1970")
	older := flags.String("older-than", "", "seconds since 1970")
	pattern := flags.String("name", "", "of files whose name is like this")
	names, err := parse(flags, args, 1)
	if err != nil {
		return err
	}
	found, err := s.list(ctx, absolute(names[0]), *recursive)
	if err != nil {
		return err
	}
	sort.Slice(found, func(a, b int) bool { return found[a].Path < found[b].Path })
	var chosen []entry
	for _, each := range found {
		if *onlyFolders && !each.IsFolder || *onlyFiles && each.IsFolder || !isBetween(each, *newer, *older) {
			continue
		}
		if matches, err := path.Match(*pattern, each.Name); *pattern != "" && (err != nil || !matches) {
			continue
		}
		chosen = append(chosen, each)
	}
	if *format == "json" {
		return json.NewEncoder(os.Stdout).Encode(append([]entry{}, chosen...))
	}
	for _, each := range chosen {
		name := each.Path
		if each.IsFolder {
			name += "/"
		}
		if *format == "long" {
			fmt.Printf("%d %s ", each.Size, each.Modified.UTC().Format(time.RFC3339))
		}
		fmt.Println(name)
	}
	return nil
}

func isBetween(each entry, newer, older string) bool {
	at := each.Modified.Unix()
	if bound, err := strconv.ParseInt(newer, 10, 64); err == nil && at <= bound {
		return false
	}
	if bound, err := strconv.ParseInt(older, 10, 64); err == nil && at >= bound {
		return false
	}
	return true
}

func stat(ctx context.Context, s store, args []string) error {
	flags := flag.NewFlagSet("stat", flag.ContinueOnError)
	format := flags.String("o", "", "json")
	names, err := parse(flags, args, 1)
	if err != nil {
		return err
	}
	found, err := s.list(ctx, absolute(names[0]), true)
	if err != nil {
		return err
	}
	total := struct {
		TotalSize int64 `json:"totalSize"`
		Entries   int   `json:"entries"`
	}{Entries: len(found)}
	for _, each := range found {
		total.TotalSize += each.Size
	}
	if *format == "json" {
		return json.NewEncoder(os.Stdout).Encode(total)
	}
	fmt.Printf("TotalSize: %d\nEntries: %d\n", total.TotalSize, total.Entries)
	return nil
}

func rm(ctx context.Context, s store, args []string) error {
	flags := flag.NewFlagSet("rm", flag.ContinueOnError)
	recursive := flags.Bool("r", false, "with what lies below")
	names, err := parse(flags, args, 1)
	if err != nil {
		return err
	}
	name := absolute(names[0])
	if !*recursive {
		return s.remove(ctx, name)
	}
	found, err := s.list(ctx, name, true)
	if errors.Is(err, errNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	// What lies deeper first.
	sort.Slice(found, func(a, b int) bool { return found[a].Path > found[b].Path })
	for _, each := range found {
		if each.IsFolder {
			err = s.removeFolder(ctx, each.Path)
		} else {
			err = s.remove(ctx, each.Path)
		}
		if err != nil {
			return err
		}
	}
	if err := s.removeFolder(ctx, name); err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	return nil
}

// parse takes options before, between and after the names.
func parse(flags *flag.FlagSet, args []string, wanted int) ([]string, error) {
	flags.SetOutput(io.Discard)
	var names []string
	for len(args) > 0 {
		if args[0] == "-" || !strings.HasPrefix(args[0], "-") {
			names, args = append(names, args[0]), args[1:]
			continue
		}
		if err := flags.Parse(args); err != nil {
			return nil, fmt.Errorf("%s: %w", flags.Name(), err)
		}
		args = flags.Args()
	}
	if len(names) != wanted {
		return nil, fmt.Errorf("%s: %d names are wanted, not %d", flags.Name(), wanted, len(names))
	}
	return names, nil
}

func absolute(name string) string { return path.Join("/", name) }

// Encryption: the salt of the key, then the content, which begins with a known word, so that a wrong key is noticed.
const knownWord = "datasafed-stand-in\n"

func seal(to io.Writer) (io.Writer, error) {
	passPhrase := os.Getenv("DATASAFED_ENCRYPTION_PASS_PHRASE")
	if passPhrase == "" {
		return to, nil
	}
	start := make([]byte, aes.BlockSize)
	if _, err := rand.Read(start); err != nil {
		return nil, err
	}
	if _, err := to.Write(start); err != nil {
		return nil, err
	}
	stream, err := keyStream(passPhrase, start)
	if err != nil {
		return nil, err
	}
	sealed := cipher.StreamWriter{S: stream, W: to}
	_, err = io.WriteString(sealed, knownWord)
	return sealed, err
}

func unseal(from io.Reader) (io.Reader, error) {
	passPhrase := os.Getenv("DATASAFED_ENCRYPTION_PASS_PHRASE")
	if passPhrase == "" {
		return from, nil
	}
	start := make([]byte, aes.BlockSize)
	if _, err := io.ReadFull(from, start); err != nil {
		return nil, fmt.Errorf("decrypt: %w", err)
	}
	stream, err := keyStream(passPhrase, start)
	if err != nil {
		return nil, err
	}
	plain := cipher.StreamReader{S: stream, R: from}
	word := make([]byte, len(knownWord))
	if _, err := io.ReadFull(plain, word); err != nil || !bytes.Equal(word, []byte(knownWord)) {
		return nil, errors.New("decrypt: wrong pass phrase or damaged file")
	}
	return plain, nil
}

func keyStream(passPhrase string, start []byte) (cipher.Stream, error) {
	key := sha256.Sum256([]byte(passPhrase))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewCTR(block, start), nil
}

// folder keeps everything below a folder of this machine.
type folder struct{ root string }

func (f *folder) at(name string) string { return filepath.Join(f.root, filepath.FromSlash(name)) }

func (f *folder) put(_ context.Context, name string, content io.Reader) error {
	file := f.at(name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	made, err := os.Create(file)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(made, 1<<20)
	_, err = io.Copy(buffered, content)
	return errors.Join(err, buffered.Flush(), made.Sync(), made.Close())
}

func (f *folder) get(_ context.Context, name string) (io.ReadCloser, error) {
	file, err := os.Open(f.at(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNotFound
	}
	return file, err
}

func (f *folder) list(_ context.Context, name string, recursive bool) ([]entry, error) {
	start := f.at(name)
	about, err := os.Stat(start)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", name, errNotFound)
	} else if err != nil {
		return nil, err
	}
	if !about.IsDir() {
		return []entry{entryOf(name, about)}, nil
	}
	var found []entry
	err = filepath.WalkDir(start, func(file string, each fs.DirEntry, err error) error {
		if err != nil || file == start {
			return err
		}
		about, err := each.Info()
		if err != nil {
			return err
		}
		below, err := filepath.Rel(start, file)
		if err != nil {
			return err
		}
		// ext4's own folder for what a repair finds.
		if below == "lost+found" {
			return fs.SkipDir
		}
		found = append(found, entryOf(path.Join(name, filepath.ToSlash(below)), about))
		if each.IsDir() && !recursive {
			return fs.SkipDir
		}
		return nil
	})
	return found, err
}

func entryOf(name string, about fs.FileInfo) entry {
	found := entry{Path: name, Name: path.Base(name), IsFolder: about.IsDir(), Modified: about.ModTime()}
	if !about.IsDir() {
		found.Size = about.Size()
	}
	return found
}

func (f *folder) remove(_ context.Context, name string) error {
	err := os.Remove(f.at(name))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", name, errNotFound)
	}
	return err
}

func (f *folder) makeFolder(_ context.Context, name string) error {
	return os.MkdirAll(f.at(name), 0o755)
}

func (f *folder) removeFolder(ctx context.Context, name string) error { return f.remove(ctx, name) }

// objects keeps everything in a bucket. Folders are there as long as something lies in them.
type objects struct {
	client      *minio.Client
	bucket      string
	prefix      string
	makesBucket bool
}

func (o *objects) key(name string) string { return strings.TrimPrefix(path.Join(o.prefix, name), "/") }

func (o *objects) put(ctx context.Context, name string, content io.Reader) error {
	if o.makesBucket {
		if there, err := o.client.BucketExists(ctx, o.bucket); err != nil {
			return said(err)
		} else if !there {
			if err := o.client.MakeBucket(ctx, o.bucket, minio.MakeBucketOptions{}); err != nil {
				return said(err)
			}
		}
	}
	_, err := o.client.PutObject(ctx, o.bucket, o.key(name), content, -1, minio.PutObjectOptions{PartSize: 16 << 20, DisableContentSha256: true})
	return said(err)
}

func (o *objects) get(ctx context.Context, name string) (io.ReadCloser, error) {
	object, err := o.client.GetObject(ctx, o.bucket, o.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, said(err)
	}
	if _, err := object.Stat(); err != nil {
		return nil, said(err)
	}
	return object, nil
}

func (o *objects) list(ctx context.Context, name string, recursive bool) ([]entry, error) {
	key := o.key(name)
	if about, err := o.client.StatObject(ctx, o.bucket, key, minio.StatObjectOptions{}); key != "" && err == nil {
		return []entry{{Path: name, Name: path.Base(name), Size: about.Size, Modified: about.LastModified}}, nil
	}
	prefix := key
	if prefix != "" {
		prefix += "/"
	}
	var found []entry
	for each := range o.client.ListObjects(ctx, o.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: recursive}) {
		if each.Err != nil {
			return nil, said(each.Err)
		}
		below := strings.Trim(strings.TrimPrefix(each.Key, prefix), "/")
		if below == "" {
			continue
		}
		at := path.Join(name, below)
		found = append(found, entry{Path: at, Name: path.Base(at), IsFolder: strings.HasSuffix(each.Key, "/"), Size: each.Size, Modified: each.LastModified})
	}
	return found, nil
}

func (o *objects) remove(ctx context.Context, name string) error {
	return said(o.client.RemoveObject(ctx, o.bucket, o.key(name), minio.RemoveObjectOptions{}))
}

func (o *objects) makeFolder(context.Context, string) error { return nil }

func (o *objects) removeFolder(context.Context, string) error { return nil }

// said gives an answer of the service with its code, which its message alone leaves out.
func said(err error) error {
	var answer minio.ErrorResponse
	if err == nil || !errors.As(err, &answer) {
		return err
	}
	if answer.Code == minio.NoSuchKey || answer.StatusCode == http.StatusNotFound && answer.Code == "" {
		return errNotFound
	}
	return fmt.Errorf("%s: %s\n\tstatus code: %d, request id: %s", answer.Code, answer.Message, answer.StatusCode, answer.RequestID)
}
