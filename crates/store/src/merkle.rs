//! RFC 6962 Merkle tree, kept as its peaks: appending a leaf costs O(log n) memory and 2 hashes on average.

use ring::digest::{Context, SHA256, digest};

/// A SHA-256 value.
pub type Hash = [u8; 32];

fn to_hash(value: &ring::digest::Digest) -> Hash {
    let mut hash = [0; 32];
    hash.copy_from_slice(value.as_ref());
    hash
}

/// Hash of a leaf: SHA-256 of a zero byte and the data (RFC 6962 §2.1).
pub fn leaf_hash(data: &[u8]) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(&[0]);
    context.update(data);
    to_hash(&context.finish())
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(&[1]);
    context.update(left);
    context.update(right);
    to_hash(&context.finish())
}

/// The peaks of the perfect subtrees of a growing tree.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    size: u64,
    /// Largest subtree first.
    peaks: Vec<Hash>,
}

impl Tree {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        let mut rank = self.size;
        while rank & 1 == 1 {
            if let Some(left) = self.peaks.pop() {
                node = node_hash(&left, &node);
            }
            rank >>= 1;
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The root of the tree; SHA-256 of nothing when it is empty.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => to_hash(&digest(&SHA256, b"")),
            Some(last) => peaks.fold(*last, |right, left| node_hash(left, &right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(leaves: &[Hash]) -> Hash {
        match leaves.len() {
            0 => to_hash(&digest(&SHA256, b"")),
            1 => leaves[0],
            n => {
                let k = 1 << (usize::BITS - 1 - (n - 1).leading_zeros());
                node_hash(&naive(&leaves[..k]), &naive(&leaves[k..]))
            }
        }
    }

    #[test]
    fn peaks_give_the_root_of_the_rfc_definition() {
        let leaves: Vec<Hash> = (0..70u8).map(|i| leaf_hash(&[i])).collect();
        let mut tree = Tree::default();
        for n in 0..leaves.len() {
            assert_eq!(tree.root(), naive(&leaves[..n]), "{n} leaves");
            tree.push(leaves[n]);
        }
    }
}
